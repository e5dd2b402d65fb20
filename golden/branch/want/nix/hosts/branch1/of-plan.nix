{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8d4dcbe7cd9939d08e613d1bc27037bda6d8c229aa5e3a0e49e6299072551029\n";
}
