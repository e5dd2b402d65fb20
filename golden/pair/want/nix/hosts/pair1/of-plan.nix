{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "18ac43342e489fba883a678cd387542d9e2848e18861f91df49ae3cde9b3df41\n";
}
