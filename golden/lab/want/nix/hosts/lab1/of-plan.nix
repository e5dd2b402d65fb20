{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "7e2bdf47c0420460b9351aeb4e6b862ab032dad3d27db4d4b4b69756c186b5ee\n";
}
