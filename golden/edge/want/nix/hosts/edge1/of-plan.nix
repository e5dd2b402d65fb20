{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "3a3c616c873f6d6ed8f714b4d21ec9c095fcd15407ca67cb0c533149240e98f4\n";
}
