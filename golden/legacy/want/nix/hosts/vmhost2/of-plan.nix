{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "97e8d8a7a48cdb7835fc2a5f3973d84a4dde734e225a6e5b4500b4e662ab37d5\n";
}
