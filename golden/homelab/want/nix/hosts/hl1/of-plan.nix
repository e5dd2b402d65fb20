{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8df5074a1ff317956ac5876b3520704aada2f7a0a0a36b2f5797dcc7f13a6a86\n";
}
