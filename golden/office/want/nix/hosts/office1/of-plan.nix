{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "c29229c7ebb44aeb0c4ea1db98842eba5f5a87d7d7d0295f379893819d2f7e6c\n";
}
