{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "1bb30a277ac513e8bfda40c536e4037e94a7ec335058a67004ddb97d677ad141\n";
}
