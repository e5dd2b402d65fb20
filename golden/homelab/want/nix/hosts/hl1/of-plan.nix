{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "5beeb8ccd09dcc38fc11af92bac9a13784d0d240010a7d603efe03add8c7de80\n";
}
