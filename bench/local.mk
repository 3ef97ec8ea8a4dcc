BENCHMARKS = \
	bench/compare \
	bench/empty \
	bench/generate-corpus \
	bench/generate-log \
	bench/judge-rows \
	bench/merge-rows \
	bench/parse-json \
	bench/parse-jsonc \
	bench/read-log-jsonc \
	bench/read-log \
	bench/simulate
EXTRA_PROGRAMS += $(BENCHMARKS)
CLEANFILES += $(BENCHMARKS)

.PHONY: bench
bench: $(BENCHMARKS) assize
	@ASSIZE='$(abs_top_builddir)/assize' TOP_SRCDIR='$(abs_top_srcdir)' \
	    BENCH='$(abs_top_builddir)/bench' $(srcdir)/bench/run.sh

EXTRA_DIST += \
	bench/run.sh
