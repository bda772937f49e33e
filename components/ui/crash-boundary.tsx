import { Component, type ReactNode } from 'react';
import { crashReport } from '../../lib/core/failures/crash-report.ts';
import { CopyButton } from './copy-button.tsx';
import { Glyph } from './glyph.tsx';
import { T, useText } from './language.tsx';

interface CrashBoundaryProps {
  version: string;
  page: string;
  children: ReactNode;
}

/** Shows a notice in place of a page that a bug of ours has brought down. */
export class CrashBoundary extends Component<CrashBoundaryProps, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  /**
   * What fails outside of drawing (an event, a promise) is a bug as well. An event without
   * an error is none: so Chromium tells that a ResizeObserver will go on in the next frame.
   */
  private readonly onError = (event: ErrorEvent | PromiseRejectionEvent) => {
    const error: unknown = 'reason' in event ? event.reason : event.error;
    if ('reason' in event || error) this.setState({ error });
  };

  override componentDidMount() {
    window.addEventListener('error', this.onError);
    window.addEventListener('unhandledrejection', this.onError);
  }

  override componentWillUnmount() {
    window.removeEventListener('error', this.onError);
    window.removeEventListener('unhandledrejection', this.onError);
  }

  override render() {
    if (!('error' in this.state)) return this.props.children;
    const { version, page } = this.props;
    const report = crashReport(this.state.error, { version, page, agent: navigator.userAgent });
    return <CrashNotice report={report} />;
  }
}

function CrashNotice({ report }: { report: string }) {
  const t = useText();
  return (
    <main className="grid max-w-180 min-w-90 gap-3 p-6" role="alert">
      <Glyph state="fail" />
      <h1 className="text-lg font-semibold">
        <T k="crash_title" />
      </h1>
      <p className="text-muted">
        <T k="crash_detail" />
      </p>
      <div className="code">
        <code>{report}</code>
        <CopyButton label={t('crash_copy')} text={report} />
      </div>
      <div>
        <button type="button" className="btn primary" onClick={() => location.reload()}>
          <T k="action_reload" />
        </button>
      </div>
    </main>
  );
}
