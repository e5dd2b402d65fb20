{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "c0891f34666b15332317fbd6a176e8007f3e220bfd4d8e0ec0ab74e091afb321\n";
}
