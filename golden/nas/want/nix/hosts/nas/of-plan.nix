{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "03189d4fcc07f873a36cecbeabd63dbce3e0f03ebe291fc74cc0edb7f218985e\n";
}
