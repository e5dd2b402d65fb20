# METADATA
# scope: package
# title: "Rules failed: {rules}"
# description: |
#  {rules} failed on this host, and nothing that they say is in the configuration or the
#  plan. What is missing is not known: it can be a file that has to be carried, or what
#  keeps the host from starting.
# custom:
#  id: PVE-CNV-016
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: rules
#  account: none
#  inhibits: refuse
#  workaround: |
#   The summary of eval names the place and what happened. Correct a rule of your own, or
#   leave it out of --rules. For a rule that came with the program, report it with the part
#   of the snapshot that it speaks of.
#  test:
#   before: |
#    `jq '.hosts[].errors | length' evaluation.json` prints more than 0.
#   after: |
#    `jq '.hosts[].errors | length' evaluation.json` prints 0.
#  phase: prepare
#  sources:
#   - https://www.openpolicyagent.org/docs/latest/policy-language/
package rules.conversion.rules_failed

# The engine says it: it follows from the evaluation as a whole.
inhibits := set()
