/** What a screen reader is told when the selected step changes. */
type LiveRegionProps = { readonly text: string };

export const LiveRegion = ({ text }: LiveRegionProps) => (
  <p class="visually-hidden" role="status">
    {text}
  </p>
);
