{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "51efc6f94b5b16b63ee795b5bceb1636c17eb21ac42bb3a1b34dfed6993640b8\n";
}
