{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "b3fa9eb3d18389eb7680d7d5f15ae136a7cb08b658b332f7858e928a114de7b9\n";
}
