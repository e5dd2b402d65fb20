{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "47803b6ac8c9f818f4a863530e15e533736ffb8012e81adc3d348abddd9bd646\n";
}
