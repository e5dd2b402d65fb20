{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f9645aec93fe39122076a5bbc4c61c188d2f69d980f24d054d4757e0b8e1e182\n";
}
