# Ways to have a gate pass by not being judged: see README of this folder.
check_PROGRAMS += tests/adversarial/attack
tests_adversarial_attack_SOURCES = \
	tests/adversarial/action.c \
	tests/adversarial/attack.c \
	tests/adversarial/runs.c \
	tests/adversarial/sandbox.c \
	tests/adversarial/sandbox.h
TESTS += tests/adversarial/run.sh

EXTRA_DIST += \
	tests/adversarial/README \
	tests/adversarial/mutate.sh \
	tests/adversarial/mutations.txt \
	tests/adversarial/run.sh \
	tests/adversarial/baseline.yaml \
	tests/adversarial/derived.yaml \
	tests/adversarial/history.yaml \
	tests/adversarial/logs.yaml \
	tests/adversarial/measurements.yaml \
	tests/adversarial/options.yaml \
	tests/adversarial/policies.yaml \
	tests/adversarial/promote.yaml \
	tests/adversarial/provenance.yaml \
	tests/adversarial/waivers.yaml

.PHONY: check-mutations
check-mutations: all tests/adversarial/attack$(EXEEXT)
	@COMPILE='$(COMPILE)' LINK='$(CCLD) $(AM_CFLAGS) $(CFLAGS) $(AM_LDFLAGS) $(LDFLAGS)' \
	    OBJECTS='$(assize_OBJECTS)' LIBS='$(LIBRARIES_USED) $(LIBS)' \
	    TOP_SRCDIR='$(abs_top_srcdir)' TOP_BUILDDIR='$(abs_top_builddir)' \
	    $(srcdir)/tests/adversarial/mutate.sh
