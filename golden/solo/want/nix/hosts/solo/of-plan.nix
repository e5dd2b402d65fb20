{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "871e1c636dc4e6693fd2f1991a13f26c30be2f1c28423676a643ae491b382a6c\n";
}
