{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "d5bdff45aa56b826f47451c9979648ddb3566527eb8b5af68902932453c3288f\n";
}
