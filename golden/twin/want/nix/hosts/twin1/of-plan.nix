{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "a16a4f9f6725b42a36c4762ad9e425cbbce7ae62ba49fa3752b836577d963789\n";
}
