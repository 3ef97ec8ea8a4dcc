dist_man_MANS += \
	man/assize-baseline.1 \
	man/assize-check.1 \
	man/assize-diagnostics.7 \
	man/assize-explain.1 \
	man/assize-gate.1 \
	man/assize-help.1 \
	man/assize-history.1 \
	man/assize-init.1 \
	man/assize-kinds.1 \
	man/assize-policy.5 \
	man/assize-query.1 \
	man/assize-report.5 \
	man/assize-ruleset.5 \
	man/assize-schema.1 \
	man/assize-self-test.1 \
	man/assize-tutorial.7 \
	man/assize.1 \
	man/assize.yaml.5
