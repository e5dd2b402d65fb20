{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "0653dd73b4ab5b1d4e61f315c29c5a6e57d06f4408a733ce8f9ef8500897ea24\n";
}
