{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "ee52c4c7e63d122a02b239fc29f60169d28717544e03616077ed0c04a4c990bd\n";
}
