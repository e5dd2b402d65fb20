{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "60934996618acdea8b74a4f70eb743ec170327e93b053ebfba572a33dcd655f4\n";
}
