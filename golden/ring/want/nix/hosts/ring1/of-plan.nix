{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "9de327c807a855deab07a9a55d5fe13d8f372db3e8360fa820b4eccad23bae84\n";
}
