import { CopyButton } from '../../../ui/text/copy-button.tsx';

/** How a notebook comes to log here. */
export function HowToLog() {
  const setting = `MLFLOW_TRACKING_URI=${window.location.origin}/mlflow`;
  return (
    <span className="pw-row">
      <span>
        Set <code>{setting}</code> and log with MLflow: each run that is started shows here.
      </span>
      <CopyButton text={setting} label="Copy the setting" />
    </span>
  );
}
