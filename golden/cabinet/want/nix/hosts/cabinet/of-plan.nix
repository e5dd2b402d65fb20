{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "06cf27eae5c0a3972994ce0cb529552d0e103a9cf6a7c6fd0e1d3b1b9f87c041\n";
}
