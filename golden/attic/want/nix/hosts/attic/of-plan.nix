{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8edbb283994155bbb63f0c229db10747f9dfdf12de2f2087c36725760fab2396\n";
}
