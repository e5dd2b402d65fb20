{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "c28e2a9b282aad7dea46ac47612bc90e86c0b870324a771680f22ec8ee0599ba\n";
}
