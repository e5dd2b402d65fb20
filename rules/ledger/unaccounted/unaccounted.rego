# METADATA
# scope: package
# title: "{count} facts that no rule and no catalog entry speaks of"
# description: |
#  Nothing says what becomes of these facts, so they are neither translated nor
#  known to be lost. A setting among them would be missing on the new system
#  without any other word of it in this report.
# custom:
#  id: PVE-LED-001
#  kind: gap
#  category: configuration
#  severity: major
#  component: ledger
#  account: none
#  workaround: |
#   Go through the facts one by one. For each write an entry of the catalog
#   (`--catalog DIR`) that says what it becomes, or why it does not matter, and
#   report what others could meet as well.
#  test:
#   before: |
#    `pve2nix eval snapshot.json --strict` ends with exit code 3.
#   after: |
#    The same command ends without this finding.
#  phase: prepare
#  sources:
#   - https://github.com/pve2nix/pve2nix/blob/main/docs/architecture.md
package rules.ledger.unaccounted

# The engine knows what is left only after all rules have spoken, and makes the finding itself.
findings := set()
