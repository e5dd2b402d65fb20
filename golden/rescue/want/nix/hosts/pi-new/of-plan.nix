{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f2e91c10a0a2f6669d17efca63da5760ce9d5f62cda689e7c97588dbaf912e2e\n";
}
