{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "9da22597e2779f373c4cbbce48d605020c6846235ff309828f7d33a44ba10f60\n";
}
