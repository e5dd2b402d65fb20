{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8f418f6e96e6ce51c184b0304877d7c91e05abd1118fffd052da2f5f94ae1877\n";
}
