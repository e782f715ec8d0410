/** Where something of the page fails: says what, and leads back. */
import { Component, type ComponentChildren } from 'preact';
import { BadDocument } from '../../../story/documents/bad-document.ts';
import { BadPath } from '../../../story/exploring/explore.ts';

type Props = {
  readonly resetOn: unknown; // another value is another page, which may work
  readonly onBack: () => void;
  readonly children: ComponentChildren;
};

type State = { readonly problem: string | null };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { problem: null };

  static override getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  /** A defect of the page is logged with its stack; a bad address or document is not. */
  override componentDidCatch(error: unknown): void {
    if (!(error instanceof BadPath || error instanceof BadDocument)) console.error(error);
  }

  override componentDidUpdate(previous: Props): void {
    if (previous.resetOn !== this.props.resetOn && this.state.problem !== null)
      this.setState({ problem: null });
  }

  override render() {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return <Problem title="This cannot be shown" text={problem} onBack={this.props.onBack} />;
  }
}

type ProblemProps = {
  readonly title: string;
  readonly text: string;
  readonly onBack?: () => void;
  readonly children?: ComponentChildren;
};

export const Problem = ({ title, text, onBack, children }: ProblemProps) => (
  <main class="problem">
    <h1>{title}</h1>
    <p role="alert">{text}</p>
    {children}
    {onBack === undefined ? null : (
      <button type="button" class="button primary" onClick={onBack}>
        Back to the claims
      </button>
    )}
  </main>
);
