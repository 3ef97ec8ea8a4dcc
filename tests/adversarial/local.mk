# Ways to have a gate pass by not being judged: see README of this folder.
check_PROGRAMS += tests/adversarial/attack
tests_adversarial_attack_SOURCES = \
	tests/adversarial/action.c \
	tests/adversarial/attack.c \
	tests/adversarial/sandbox.c \
	tests/adversarial/sandbox.h
TESTS += tests/adversarial/run.sh

EXTRA_DIST += \
	tests/adversarial/README \
	tests/adversarial/run.sh \
	tests/adversarial/history.yaml \
	tests/adversarial/measurements.yaml \
	tests/adversarial/options.yaml \
	tests/adversarial/policies.yaml \
	tests/adversarial/waivers.yaml
