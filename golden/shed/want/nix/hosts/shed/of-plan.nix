{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "ccda84969fe89b635887e4949e38def3451771591bdde742f862a83b2fd28065\n";
}
