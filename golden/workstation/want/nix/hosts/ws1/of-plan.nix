{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "2b6e3882bea27494f91ceeb9ccbd17cff6034a61a3b754f4c94e1118aa586040\n";
}
