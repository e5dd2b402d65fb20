{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "e78c29f46e1f22151757c3babe99dc615fb776d5406dcf0ac7b94ce13626b30d\n";
}
