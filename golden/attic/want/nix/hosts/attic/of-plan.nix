{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "24db63bf352c06695c26fcf2d61ee3d86fc8066bc1ac512405697212c13b44e8\n";
}
