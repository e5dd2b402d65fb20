{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "716f3e0044b64ed1d3a0505091c2adcad5e3d76a899e01e0381e58b550b28cb9\n";
}
