# The harness for Bowtie (https://bowtie.report): make bowtie.
check_PROGRAMS += bench/bowtie/bowtie

.PHONY: bowtie
bowtie: bench/bowtie/bowtie$(EXEEXT)
