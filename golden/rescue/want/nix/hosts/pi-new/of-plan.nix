{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "b0ec3e6b2313f5e0c432373fa9d44886f50f8fca3c250907bb276a077a7e1bf8\n";
}
