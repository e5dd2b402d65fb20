{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "0877e9a6d9ceab5df0ea25d5d457079353c2b02022eea8006495cef194c46402\n";
}
