{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "0e866ef29b86da092680ee2bef7ce056eb60ba422ece748a1fe99b8708648476\n";
}
