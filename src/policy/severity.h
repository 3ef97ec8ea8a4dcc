/* Severities that a project or a command line gives to findings.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_SEVERITY_H
#define AZ_POLICY_SEVERITY_H

#include "core/map.h"
#include "policy/ids.h"
#include "policy/project.h"

struct az_regrade {
    struct az_str id;
    enum az_severity from; /* of the diagnostic or the rule */
    enum az_severity to;
    const char *by; /* "assize.yaml", "--severity" */
    size_t matched; /* findings, after az_severities_apply */
    size_t kept;    /* findings that are fatal, and stay what they are */
};

struct az_severities {
    struct az_arena *arena;
    struct az_map map; /* id -> struct az_regrade, in order of mention */
};

void az_severities_init(struct az_severities *severities,
                        struct az_arena *arena);
/* Takes the severities of PROJECT, which may have none.  An id that is not
   known, and one that yields nothing, is a finding in SINK (config-invalid);
   false then. */
bool az_severities_add_project(struct az_severities *severities,
                               const struct az_ids *ids, struct az_sink *sink,
                               const struct az_project *project);
/* Takes TEXT, ID=LEVEL, of the option --severity, which comes before what was
   taken until now.  The same findings (usage). */
bool az_severities_add_option(struct az_severities *severities,
                              const struct az_ids *ids, struct az_sink *sink,
                              const char *text);

/* Gives the findings in SINK their severities.  Findings that the sink counts
   but does not keep stay what they are; where some of those might have become
   worse there is no verdict. */
void az_severities_apply(struct az_severities *severities,
                         struct az_sink *sink);

/* For the report: an array of {id, from, to, by, findings}. */
struct az_node az_severities_list(const struct az_severities *severities);
/* The same in words, a line for each. */
void az_severities_tell(const struct az_severities *severities,
                        struct az_buf *buf);

#endif
