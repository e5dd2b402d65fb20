# METADATA
# scope: package
# title: "Critical findings are not accepted: {ids}"
# description: |
#  {count} critical findings of this host are neither solved nor accepted in the answers:
#  {ids}. Each of them means data loss, or a host or guests that do not come up.
# custom:
#  id: PVE-CNV-013
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: findings
#  account: none
#  inhibits: refuse
#  workaround: |
#   Read them in PROXMOX-CONVERSION-PITFALLS.md. Solve what can be solved and capture again.
#   What you accept goes into the answers file with its reason, as in answers.open.json:
#   `"accept": [{"finding": "ID", "reason": "…"}]`, and is given with --answers.
#  test:
#   before: |
#    `jq '[.hosts[].findings[] | select(.severity == "critical" and .accepted == null)] |
#    length' evaluation.json` prints more than 0.
#   after: |
#    The same command prints 0.
#  phase: prepare
#  sources:
#   - https://github.com/pve2nix/pve2nix/blob/main/docs/guide.md
package rules.conversion.critical_findings

# The engine says it: it follows from the evaluation as a whole.
inhibits := set()
