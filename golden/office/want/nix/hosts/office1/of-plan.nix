{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "824c5b0cb88fa659cfaa400d73f2615d0767be682b7f0907256266eb5b94c2c5\n";
}
