import { Navigate, useLocation } from 'react-router';
import { pageOfAddress } from './page-of-address.ts';

/** `/tracked#/experiments/…`: where links that MLflow's clients print arrive. */
export function TrackingAddressPage() {
  return <Navigate to={pageOfAddress(useLocation().hash)} replace />;
}
